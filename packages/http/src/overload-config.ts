import Type from 'typebox';
import { ADMISSION_DEFAULTS, type AdmissionOptions } from './admission.ts';

/** The part of a configuration that says how much is taken on at once. */
export function overloadConfig({ targetLatencyMs }: { readonly targetLatencyMs: number }) {
  return {
    MAX_IN_FLIGHT: Type.Integer({
      default: ADMISSION_DEFAULTS.maxInFlight,
      minimum: 1,
      maximum: 10_000,
      description: 'Requests of one priority under way at once, at most',
    }),
    TARGET_LATENCY_MS: Type.Integer({
      default: targetLatencyMs,
      minimum: 1,
      description:
        'While all places are taken and requests take longer than this on average, there are fewer places',
    }),
    MAX_EVENT_LOOP_DELAY_MS: Type.Integer({
      default: ADMISSION_DEFAULTS.maxEventLoopDelayMs,
      minimum: 1,
      description: 'Later than this with everything, a process takes nothing new on',
    }),
  };
}

interface OverloadConfig {
  readonly MAX_IN_FLIGHT: number;
  readonly TARGET_LATENCY_MS: number;
  readonly MAX_EVENT_LOOP_DELAY_MS: number;
}

/** What {@link overloadConfig} put into a configuration, as a server takes it. */
export const admissionOptions = (config: OverloadConfig): AdmissionOptions => ({
  maxInFlight: config.MAX_IN_FLIGHT,
  targetLatencyMs: config.TARGET_LATENCY_MS,
  maxEventLoopDelayMs: config.MAX_EVENT_LOOP_DELAY_MS,
});
