export * from './context.ts';
export * from './log.ts';
export * from './metrics.ts';
export * from './open-telemetry.ts';
export * from './telemetry-config.ts';
export * from './tracer.ts';
