export * from './context.ts';
export * from './log.ts';
export * from './metrics.ts';
