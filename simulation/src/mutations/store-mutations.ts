import type { Mutation } from './mutation.ts';

const deliveries = 'services/store/src/domain/delivery-transitions.ts';
const mileages = 'services/marketing/src/domain/mileage-transitions.ts';
const fold = 'services/customer/src/domain/fold-event.ts';

/** In store, marketing and customer. */
export const storeMutations: readonly Mutation[] = [
  {
    name: 'a parcel leaves before it is paid for',
    file: deliveries,
    find: "      noteOrder: 'stay',\n      notePayment: { to: 'Payed' },\n      ship: notShippable,",
    replace:
      "      noteOrder: 'stay',\n      notePayment: { to: 'Payed' },\n      ship: { to: 'Shipped', emits: ['Shipped'] },",
  },
  {
    name: 'a cancel that overtakes its order is forgotten',
    file: deliveries,
    find: "      // The cancel overtook the order: what comes later finds it cancelled.\n      cancel: { to: 'Cancelled' },",
    replace: "      cancel: 'stay',",
  },
  {
    name: 'shipping twice is told twice',
    file: deliveries,
    find: "      ship: 'stay',\n",
    replace: "      ship: { to: 'Shipped', emits: ['Shipped'] },\n",
  },
  {
    name: 'a paid delivery does not heed a cancel',
    file: deliveries,
    find: "      ship: { to: 'Shipped', emits: ['Shipped'] },\n      noteShipped: { to: 'Shipped' },\n      cancel: { to: 'Cancelled' },",
    replace:
      "      ship: { to: 'Shipped', emits: ['Shipped'] },\n      noteShipped: { to: 'Shipped' },\n      cancel: 'stay',",
  },
  {
    name: 'shipping is told to nobody',
    file: deliveries,
    find: "ship: { to: 'Shipped', emits: ['Shipped'] },",
    replace: "ship: { to: 'Shipped' },",
  },
  {
    name: 'store does not hear of payments',
    file: 'services/store/src/usecases/receive-orders.ts',
    find: "receive(transaction, event, 'notePayment'),",
    replace: "receive(transaction, event, 'noteOrder'),",
  },
  {
    name: 'mileage is granted twice',
    file: mileages,
    find: "Granted: { ...cancels, grant: 'stay',",
    replace: "Granted: { ...cancels, grant: { to: 'Granted', emits: ['PromoCompleted'] },",
  },
  {
    name: 'a cancel before the grant leaves no tombstone',
    file: mileages,
    find: '      ...cancels,\n      grant: { to:',
    replace: "      ...cancels,\n      cancel: 'stay',\n      grant: { to:",
  },
  {
    name: 'cancelled mileage keeps its points',
    file: 'services/marketing/src/domain/decide-mileage.ts',
    find: "'postpone' ? 0 : -pointOf(mileage);",
    replace: "'postpone' ? 0 : 0;",
  },
  {
    name: 'a foreign record treated as ours: what another store shipped is shipped again',
    file: 'services/store/src/usecases/receive-orders.ts',
    find: "    Shipped: (event, transaction) => receive(transaction, event, 'noteShipped', sentAs(event)),\n",
    replace: '',
  },
  {
    name: 'a foreign record treated as ours: what another marketing granted is granted again',
    file: 'services/marketing/src/usecases/follow-payments.ts',
    find: "        isBacklog\n          ? { command: 'postpone'",
    replace: "        isBacklog && points === 0\n          ? { command: 'postpone'",
  },
  {
    name: 'mileage is granted for a payment that another pay took back',
    file: mileages,
    find: "  noteCancelled: { to: 'Cancelled' },\n} as const;",
    replace: "  noteCancelled: 'stay',\n} as const;",
  },
  {
    name: 'due mileage is granted before the backlog is read',
    file: 'services/marketing/src/usecases/grant-due-mileage.ts',
    find: 'createReadyDue({ due, caughtUp,',
    replace: 'createReadyDue({ due, caughtUp: caughtUp && (async () => () => true),',
  },
  {
    name: "mileage is listed for everyone's eyes",
    file: 'services/marketing/src/usecases/find-mileage.ts',
    find: 'reader.list(request, customerId ? { customerId } : {}, ownedBy);',
    replace: 'reader.list(request, customerId ? {} : {}, ownedBy);',
  },
  {
    name: 'the view counts an event that comes again',
    file: fold,
    find: '  if (view.timeline.some((entry) => entry.messageId === message.messageId)) return view;\n',
    replace: '',
  },
  {
    name: 'the status of the view goes back',
    file: fold,
    find: 'news && journey.indexOf(news) > journey.indexOf(current) ? news : current;',
    replace: 'news ?? current;',
  },
  {
    name: 'the view shows points that were cancelled',
    file: fold,
    find: 'return point ?? event.point ?? null;',
    replace: 'return event.point ?? null;',
  },
  {
    name: 'the view gives every order to the same customer',
    file: fold,
    find: 'customerId: event.customerId ?? view.customerId,',
    replace: 'customerId: view.customerId,',
  },
  {
    name: "orders are listed for everyone's eyes",
    file: 'services/customer/src/usecases/look-at-orders.ts',
    find: 'view.reader.list(request, customerId ? { customerId } : {}, ownedBy);',
    replace: 'view.reader.list(request, customerId ? {} : {}, ownedBy);',
  },
];
