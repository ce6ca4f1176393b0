import type { Account } from './account.ts';

/** Created at start where missing. None has a password. */
export const demoPeople: readonly Account[] = [
  { subject: 'customer', name: { ko: '김고객', en: 'Customer Kim' }, roles: ['customer'] },
  { subject: 'customer2', name: { ko: '이고객', en: 'Customer Lee' }, roles: ['customer'] },
  { subject: 'agency', name: { ko: '박대리', en: 'Agency Park' }, roles: ['agency'], agency: 'main' },
  { subject: 'marketing', name: { ko: '최마케', en: 'Marketing Choi' }, roles: ['marketing'] },
  { subject: 'operator', name: { ko: '정운영', en: 'Operator Jung' }, roles: ['operator'] },
];
