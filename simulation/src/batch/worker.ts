import { parentPort } from 'node:worker_threads';
import { simulate } from '../run.ts';
import type { Chunk, ChunkResult } from './run-batch.ts';
import { watchTransitions } from './transition-coverage.ts';

const taken = watchTransitions();

parentPort?.on('message', async ({ from, count }: Chunk) => {
  const runs: ChunkResult['runs'][number][] = [];
  for (let seed = from; seed < from + count; seed++) {
    const { lines: _, ...result } = await simulate({ seed, keptLines: 1 });
    runs.push(result);
  }
  parentPort?.postMessage({ runs, transitions: [...taken] } satisfies ChunkResult);
});
