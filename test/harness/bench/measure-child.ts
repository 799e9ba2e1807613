// One measurement in a process of its own, so that its memory is its own. Called by measure.ts.
import { benchmark, profileSteps } from '@convbook/trainer/benchmark';
import { chooseData, chooseModel, defaultDataName, fitOf } from 'convbook/choose';
import { say } from 'convbook/progress';
import type { Measurement, TrainingMeasurement } from './measure.ts';
import { timePredictions } from './time-predictions.ts';

const measurement = JSON.parse(process.argv[2]) as Measurement;
const { model: spec } = await chooseModel(measurement.model);

async function timeTraining({ kind, data, ...rest }: TrainingMeasurement) {
  const fit = fitOf(spec);
  const chosen = await chooseData(data ?? defaultDataName(fit), fit, say);
  const measured = { ...rest, model: spec, data: chosen };
  return kind === 'profile' ? profileSteps(measured, rest.seconds) : benchmark(measured);
}

const result =
  measurement.kind === 'predict'
    ? await timePredictions(spec, measurement.images, measurement.seconds)
    : await timeTraining(measurement);
const { user, system } = process.cpuUsage();
const measuredHere = { result, ownSeconds: (user + system) / 1e6 };
process.stdout.write(`${JSON.stringify(measuredHere)}\n`);
