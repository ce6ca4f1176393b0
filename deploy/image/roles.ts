import { serviceNames } from '@phone82/service-list';

/** What the image can be told to be: the module that runs it as a process. */
export const roles: Readonly<Record<string, () => Promise<unknown>>> = {
  ...Object.fromEntries(
    serviceNames.map((name) => [name, () => import(`../../services/${name}/src/main.ts`)]),
  ),
  'psp-simulator': () => import('../../psp-simulator/src/main.ts'),
};
