// Cases of test:faults with settings of their own: killed after the second checkpoint, resumed with other workers.
import { join } from 'node:path';
import { checkOutcome, type Case } from './cases.ts';
import { writePictures } from './pictures.ts';
import { describeFiles, runTrain } from './process.ts';

const short = ['--batch-size=10', '--epochs=1', '--checkpoint-every=1'];
const photo = ['--data=photos', '--image-size=16', '--class-weights=balanced', ...short];
const variations =
  'shift=1,rotation=10,scale=0.1,elastic=1,flip=0.5,crop=2,brightness=0.2,contrast=0.2,saturation=0.2,erase=0.2';

/** What is trained, and what a resume is told beside the run. */
interface Killed {
  readonly name: string;
  readonly words: readonly string[];
  readonly resumeWords?: readonly string[];
  /** A run that must be there before, in the folder `source`. */
  readonly source?: readonly string[];
}

export const killedRuns: readonly Case[] = [
  { name: 'recipe best', words: ['--recipe=best', '--limit=40', ...short, '--workers=1'] },
  {
    name: 'photo-net, every augmentation',
    words: [...photo, `--augment=${variations}`, '--workers=3'],
    resumeWords: ['--stream'],
  },
  {
    name: 'resnet-mini, streamed',
    words: [...photo, '--model=resnet-mini', '--stream', '--workers=1'],
  },
  {
    name: 'begun with trained parameters, the first layer frozen',
    words: [...photo, '--from=source', '--freeze=conv1', '--workers=1'],
    source: [...photo, '--seed=2'],
  },
].map(killedRun);

function killedRun({ name, words, resumeWords = [], source }: Killed): Case {
  return {
    name: `killed ${name}`,
    async run({ folder }) {
      writePictures(join(folder, 'photos'));
      const [whole, killed] = ['whole', 'killed'].map(
        (end) => `${name.replace(/\W/g, '-')}-${end}`,
      );
      if (source) {
        const ended = await runTrain(folder, [...source, '--out=source']);
        checkOutcome('the source', ended, 0);
      }
      checkOutcome('the whole run', await runTrain(folder, [...words, '--out', whole]), 0);
      const fault = ['--inject-fault', 'SIGKILL@checkpoint:2,call:7'];
      const ended = await runTrain(folder, [...words, ...fault, '--out', killed]);
      checkOutcome('the killed run', ended, 'SIGKILL');
      const resume = ['--resume', killed, '--workers=2', ...resumeWords];
      checkOutcome('the resumed run', await runTrain(folder, resume), 0);
      const [expected, got] = [whole, killed].map((run) =>
        describeFiles(join(folder, run)).join('\n'),
      );
      if (got !== expected) throw new Error(`expected the files\n${expected}\ngot\n${got}`);
      return { told: 'resumed with 2 workers', kills: 0 };
    },
  };
}
