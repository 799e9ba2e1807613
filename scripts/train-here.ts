// One Node's trainings of `test/nodes`, in a process of its own.
import '../test/harness/nodes/train-here.ts';
