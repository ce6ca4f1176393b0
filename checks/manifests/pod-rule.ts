import type { Workload } from './manifest.ts';

/** A rule for each pod: what is wrong with it, in words that go on after the pod's name. */
export interface PodRule {
  readonly name: string;
  faults(workload: Workload): readonly string[];
}
