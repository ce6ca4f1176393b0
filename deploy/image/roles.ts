/** What the image can be told to be: the module that runs it as a process. */
export const roles: Readonly<Record<string, () => Promise<unknown>>> = {
  app: () => import('../../services/app/src/main.ts'),
  pay: () => import('../../services/pay/src/main.ts'),
  store: () => import('../../services/store/src/main.ts'),
  marketing: () => import('../../services/marketing/src/main.ts'),
  customer: () => import('../../services/customer/src/main.ts'),
  gateway: () => import('../../services/gateway/src/main.ts'),
  'psp-simulator': () => import('../../psp-simulator/src/main.ts'),
};
