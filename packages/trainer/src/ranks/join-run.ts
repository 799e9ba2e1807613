// A rank other than 0 prepares the state of the run, in rounds with the others.
import { ConfigurationError } from '@convbook/core';
import { checkDataset, type Dataset } from '@convbook/data';
import { resolveModel, toCheckedModel, type ModelSpec, type ResolvedModel } from '@convbook/layers';
import type { MachineSettings, RunRecord, TrainingSettings } from '@convbook/run';
import type { SharedState } from '../engine/shared-state.ts';
import { toInjectedFaults, type InjectedFaults } from '../faults/injected-faults.ts';
import { prepareState } from '../loop/prepare-state.ts';
import { recordedConfiguration, type Configuration } from '../settings/configuration.ts';
import { dataConfiguration } from '../settings/data-configuration.ts';
import { checkFit, checkSettingsFit } from '../settings/fit.ts';
import { toWorkers, usefulWorkers } from '../settings/workers.ts';
import { checkAgreement, programFacts, runFacts } from './agreement.ts';
import type { Agreed, Beginning, Met } from './begin.ts';
import type { RankLink } from './rank-link.ts';
import type { Rounds } from './rounds.ts';
import { takeData } from './spread-data.ts';

export interface JoinOptions extends TrainingSettings, MachineSettings {
  link: RankLink;
  /** Compared with that of rank 0; default that. */
  model?: ModelSpec | undefined;
  /** This rank's copy; with `dataFrom: 'rank0'` none is read. */
  data?: Dataset | undefined;
  /** Loads this rank's copy where rank 0 resumes a run. */
  chooseData?: ((data: RunRecord['data']) => Dataset | Promise<Dataset>) | undefined;
  /** For tests of what happens when something fails: see docs/promises.md. */
  injectFault?: readonly string[] | undefined;
}

export interface JoinedRun {
  readonly state: SharedState;
  readonly workers: number;
  readonly faults: InjectedFaults;
}

/**
 * Prepares the state of the run that rank 0 begins.
 *
 * @throws ConfigurationError where ranks differ, RankError where another ends.
 */
export async function joinRun(options: JoinOptions, rounds: Rounds): Promise<JoinedRun> {
  const { link, dataFrom, injectFault = [] } = options;
  const workers = usefulWorkers(toWorkers(options.workers));
  const faults = toInjectedFaults(injectFault, workers, link.rank);
  const met = await rounds.tell<Met>({ facts: programFacts(dataFrom), beginning: null });
  rounds.check(() => checkAgreement(link, met));
  const beginning = ofRank0(met[0].beginning);
  const read = dataFrom === 'rank0' ? null : await ownData(options, beginning);
  await rounds.tell(null);
  const data = read ?? (await takeData(link));
  const { model, configuration } = chooseRun(options, beginning, data);
  const facts = await runFacts(model, configuration, data);
  const agreed = await rounds.tell<Agreed>({ facts, own: { workers }, preparation: null });
  rounds.check(() => checkAgreement(link, agreed));
  const preparation = ofRank0(agreed[0].preparation);
  const own = { ...preparation, ranks: link };
  const state = await prepareState(model, data, configuration, workers, own);
  await rounds.tell(null);
  return { state, workers, faults };
}

async function ownData(options: JoinOptions, { recorded }: Beginning): Promise<Dataset> {
  const { data, chooseData } = options;
  const own = recorded !== null && chooseData ? await chooseData(recorded.data) : data;
  if (own === undefined) {
    throw new ConfigurationError(
      'follow: expected a data set, got none; give data, chooseData where runs are resumed, ' +
        "or dataFrom: 'rank0' on all ranks",
    );
  }
  checkDataset(own, 'shared');
  return own;
}

/** A new run is what this rank was asked for; one that goes on is what rank 0 read. */
function chooseRun(
  options: JoinOptions,
  { model: given, recorded, standardize }: Beginning,
  data: Dataset,
): { model: ResolvedModel; configuration: Configuration } {
  const spec = recorded === null ? (options.model ?? given) : given;
  const model = resolveModel(toCheckedModel(spec));
  checkFit(model, data);
  const scaled = { ...options, standardize: options.standardize ?? standardize ?? undefined };
  const configuration =
    recorded === null
      ? dataConfiguration(scaled, model, data)
      : recordedConfiguration(recorded.configuration, data.train.count);
  checkSettingsFit(configuration, model, data);
  return { model, configuration };
}

function ofRank0<Value>(value: Value | null): Value {
  if (value !== null) return value;
  throw new Error(
    'follow: expected rank 0 to lead, got a follower; call train() or resume() on rank 0',
  );
}
