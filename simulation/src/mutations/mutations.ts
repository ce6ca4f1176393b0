import { appMutations } from './app-mutations.ts';
import type { Mutation } from './mutation.ts';
import { packageMutations } from './package-mutations.ts';
import { payMutations } from './pay-mutations.ts';
import { storeMutations } from './store-mutations.ts';

/** Bugs that the simulation has to find, from all rooms. */
export const mutations: readonly Mutation[] = [
  ...appMutations,
  ...payMutations,
  ...storeMutations,
  ...packageMutations,
];
