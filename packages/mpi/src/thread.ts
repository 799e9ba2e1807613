// The thread that alone calls MPI. It leaves its event loop for good once the rank has joined the others.
import { workerData } from 'node:worker_threads';
import { runThread, type ThreadTask } from './run-thread.ts';

void runThread(workerData as ThreadTask);
