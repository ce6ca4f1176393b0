import { faultsOf } from '../../../platform/src/load-test/verify.ts';
import { ownersOf, wantedEnd } from '../observe/owners.ts';
import type { Check } from './evidence.ts';

/** I5: every event had its effect everywhere: the five services say the same of every order, and what its customer wanted. */
export const servicesAgree: Check = ({ journeys, orders, payments, deliveries, mileages, views }) => {
  const owners = ownersOf(journeys);
  const nothing = {};
  return [...orders].flatMap(([orderId, order]) => {
    const end = wantedEnd(orderId, owners.get(orderId));
    const cancelled = end === undefined ? order.status === 'PayCancelled' : end === 'takenBack';
    const faults = faultsOf(
      { id: orderId, cancelled },
      {
        order,
        payment: payments.get(orderId) ?? nothing,
        delivery: deliveries.get(orderId) ?? nothing,
        mileage: mileages.get(orderId) ?? nothing,
        view: views.get(orderId) ?? nothing,
      },
    );
    return faults.map((what) => ({ invariant: 'I5' as const, orderId, what }));
  });
};
