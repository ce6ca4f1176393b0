import { type Manifest, selects, type Workload, workloadsOf } from './manifest.ts';

/** A rule for objects that have to fit together. */
export interface SystemRule {
  readonly name: string;
  faults(manifests: readonly Manifest[], workloads: readonly Workload[]): readonly string[];
}

const ofKind = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((manifest) => manifest.kind === kind);
const titleOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;
const deploymentsOf = (workloads: readonly Workload[]) =>
  workloads.filter(({ manifest }) => manifest.kind === 'Deployment');

/** One budget for each Deployment, and one that lets a node be emptied. */
const disruptionBudget: SystemRule = {
  name: 'disruption-budget',
  faults: (manifests, workloads) =>
    deploymentsOf(workloads).flatMap(({ manifest, labels }) => {
      const budgets = ofKind(manifests, 'PodDisruptionBudget').filter(({ spec }) =>
        selects(spec.selector, labels),
      );
      if (budgets.length !== 1) return [`${titleOf(manifest)} has ${budgets.length} disruption budgets`];
      const { maxUnavailable, minAvailable } = budgets[0]?.spec ?? {};
      return maxUnavailable === 0 || minAvailable === '100%'
        ? [`the disruption budget of ${titleOf(manifest)} never lets a node be emptied`]
        : [];
    }),
};

const accountsWithoutToken: SystemRule = {
  name: 'account-without-token',
  faults: (manifests) =>
    ofKind(manifests, 'ServiceAccount')
      .filter(({ automountServiceAccountToken }) => automountServiceAccountToken !== false)
      .map((account) => `${titleOf(account)} hands its token to pods`),
};

const denyByDefault: SystemRule = {
  name: 'deny-by-default',
  faults: (manifests, workloads) => {
    const denying = ofKind(manifests, 'NetworkPolicy').filter(
      ({ spec }) =>
        !spec.ingress && !spec.egress && spec.policyTypes?.length === 2 && !spec.podSelector.matchExpressions,
    );
    return workloads
      .filter(({ labels }) => !denying.some(({ spec }) => selects(spec.podSelector, labels)))
      .map(({ manifest }) => `${titleOf(manifest)} may be called by and call everybody`);
  },
};

const noSecretValues: SystemRule = {
  name: 'no-secret-values',
  faults: (manifests) =>
    ofKind(manifests, 'Secret').map((secret) => `${titleOf(secret)} holds its values in the open`),
};

/** Two processes on one SQLite file on a volume of one node would wait for each other at best. */
const oneCopyOfAFile: SystemRule = {
  name: 'one-copy-of-a-file',
  faults: (_manifests, workloads) =>
    deploymentsOf(workloads)
      .filter(({ pod }) => (pod.volumes ?? []).some((volume: object) => 'persistentVolumeClaim' in volume))
      .filter(({ manifest }) => manifest.spec.replicas !== 1 || manifest.spec.strategy?.type !== 'Recreate')
      .map(({ manifest }) => `${titleOf(manifest)} may have two copies at its volume`),
};

/** With a number in the Deployment every upgrade would undo what the autoscaler did. */
const scaledByOne: SystemRule = {
  name: 'scaled-by-one',
  faults: (manifests, workloads) =>
    manifests
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject')
      .flatMap((scaler) => {
        const target = deploymentsOf(workloads).find(
          ({ manifest }) => manifest.metadata.name === scaler.spec.scaleTargetRef.name,
        );
        if (!target) return [`${titleOf(scaler)} scales nothing`];
        return target.manifest.spec.replicas === undefined
          ? []
          : [`${titleOf(target.manifest)} sets replicas, and so does ${titleOf(scaler)}`];
      }),
};

const spread: SystemRule = {
  name: 'spread',
  faults: (_manifests, workloads) =>
    deploymentsOf(workloads)
      .filter(({ pod }) => !pod.topologySpreadConstraints?.length)
      .map(({ manifest }) => `${titleOf(manifest)} may have all its copies on one node`),
};

const called: SystemRule = {
  name: 'service-selects-pods',
  faults: (manifests, workloads) =>
    ofKind(manifests, 'Service')
      .filter(({ spec }) => !workloads.some(({ labels }) => selects({ matchLabels: spec.selector }, labels)))
      .map((service) => `${titleOf(service)} leads to no pod`),
};

export const systemRules: readonly SystemRule[] = [
  disruptionBudget,
  accountsWithoutToken,
  denyByDefault,
  noSecretValues,
  oneCopyOfAFile,
  scaledByOne,
  spread,
  called,
];

/** What the manifests of a system break, each with the rule's name. */
export function systemFaults(manifests: readonly Manifest[]): readonly string[] {
  const workloads = workloadsOf(manifests);
  return systemRules.flatMap(({ name, faults }) =>
    faults(manifests, workloads).map((fault) => `${name}: ${fault}`),
  );
}
