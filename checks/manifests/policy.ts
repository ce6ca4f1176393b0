import { type Manifest, workloadsOf } from './manifest.ts';
import { podRules } from './pod-rules.ts';
import { systemFaults } from './system-rules.ts';

/** What the manifests of a system break, each with the rule's name; see docs/operations/kubernetes.md for the reasons. */
export function policyFaults(manifests: readonly Manifest[]): readonly string[] {
  const ofPods = workloadsOf(manifests).flatMap((workload) =>
    podRules.flatMap(({ name, faults }) =>
      faults(workload).map(
        (fault) => `${name}: ${workload.manifest.kind} ${workload.manifest.metadata.name} ${fault}`,
      ),
    ),
  );
  return [...ofPods, ...systemFaults(manifests)];
}
