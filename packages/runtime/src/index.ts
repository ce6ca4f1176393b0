export * from './batched.ts';
export * from './config.ts';
export * from './environment.ts';
export * from './failpoints.ts';
export * from './job.ts';
export * from './lifecycle.ts';
