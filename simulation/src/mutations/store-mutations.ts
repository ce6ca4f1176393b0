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
    find: "ship: 'stay', cancel: { to: 'ReturnRequested' }",
    replace: "ship: { to: 'Shipped', emits: ['Shipped'] }, cancel: { to: 'ReturnRequested' }",
  },
  {
    name: 'a paid delivery does not heed a cancel',
    file: deliveries,
    find: "      ship: { to: 'Shipped', emits: ['Shipped'] },\n      cancel: { to: 'Cancelled' },",
    replace: "      ship: { to: 'Shipped', emits: ['Shipped'] },\n      cancel: 'stay',",
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
    find: "Granted: { grant: 'stay',",
    replace: "Granted: { grant: { to: 'Granted', emits: ['PromoCompleted'] },",
  },
  {
    name: 'a cancel before the grant leaves no tombstone',
    file: mileages,
    find: "      cancel: { to: 'Cancelled', emits: ['PromoCancelled'] },\n",
    replace: "      cancel: 'stay',\n",
  },
  {
    name: 'cancelled mileage keeps its points',
    file: 'services/marketing/src/domain/decide-mileage.ts',
    find: 'change.points : -pointOf(mileage);',
    replace: 'change.points : 0;',
  },
  {
    name: "mileage is listed for everyone's eyes",
    file: 'services/marketing/src/usecases/find-mileage.ts',
    find: 'reader.list(request, customerId ? { customerId } : {});',
    replace: 'reader.list(request, customerId ? {} : {});',
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
    find: 'view.reader.list(request, customerId ? { customerId } : {});',
    replace: 'view.reader.list(request, customerId ? {} : {});',
  },
];
