/** A process of the simulated system. Its memory is gone with its incarnation; what it wrote to servers and disks stays. */
export interface SimulatedProcess {
  readonly name: string;
  readonly service: string;
  /** Grows at every crash: steps of an older one never run. */
  incarnation: number;
  up: boolean;
  /** Stopped as by SIGSTOP until then: its steps wait. */
  frozenUntil: number;
  /** Its clock shows this much more than the true time. */
  clockOffsetMs: number;
}

export const newProcess = (name: string, service: string): SimulatedProcess => ({
  name,
  service,
  incarnation: 0,
  up: false,
  frozenUntil: 0,
  clockOffsetMs: 0,
});
