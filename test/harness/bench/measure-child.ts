// One measurement in a process of its own, so that its memory is its own. Called by measure.ts.
import { benchmark, profileSteps } from '@convbook/trainer/benchmark';
import { chooseData, chooseModel, defaultDataName, fitOf } from 'convbook/choose';
import { say } from 'convbook/progress';
import type { Measurement } from './measure.ts';

const { kind, model, data, ...rest } = JSON.parse(process.argv[2]) as Measurement;
const { model: spec } = await chooseModel(model);
const fit = fitOf(spec);
const chosen = await chooseData(data ?? defaultDataName(fit), fit, say);
const measured = { ...rest, model: spec, data: chosen };
const result =
  kind === 'profile' ? await profileSteps(measured, rest.seconds) : await benchmark(measured);
const { user, system } = process.cpuUsage();
const measuredHere = { result, ownSeconds: (user + system) / 1e6 };
process.stdout.write(`${JSON.stringify(measuredHere)}\n`);
