import type { SystemUnderChaos } from '../system/start-system.ts';

/** Something bad that happens to a running system. */
export interface Fault {
  readonly kind: 'kill' | 'freeze' | 'restart' | 'cut-off' | 'failpoint' | 'PSP';
  /** Of its kind and what it happens to, such as `kill pay`. */
  readonly name: string;
  /**
   * Does it, for as long as it is told where it has a length, and undoes it; resolves when undone.
   * @throws Error if it could not be done.
   */
  strike(system: SystemUnderChaos, forMs: number): Promise<void>;
}

/** Every process that can be ill-treated. */
export const targets = [
  'gateway',
  'app',
  'pay',
  'store',
  'marketing',
  'customer',
  'psp-simulator',
  'postgres',
] as const;

export type Target = (typeof targets)[number];
