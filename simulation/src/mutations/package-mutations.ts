import type { Mutation } from './mutation.ts';

const handling = 'packages/messaging/src/handle-messages.ts';
const relay = 'packages/messaging/src/outbox-relay.ts';

/** In what all services share. */
export const packageMutations: readonly Mutation[] = [
  {
    name: 'a list shows the orders of everyone',
    file: 'services/customer/src/usecases/look-at-orders.ts',
    find: 'customerId ? { customerId } : {}, ownedBy);',
    replace: 'customerId ? { customerId } : {}, ownedBy && undefined);',
  },
  {
    name: 'an order is found for whoever asks',
    file: 'services/customer/src/usecases/look-at-orders.ts',
    find: 'view.reader.find(orderId, ownedBy);',
    replace: 'view.reader.find(orderId, ownedBy && undefined);',
  },
  {
    name: 'the answer to a key goes to whoever has the same key',
    file: 'packages/http/src/idempotency.ts',
    find: '  const print = fingerprint({ ...pick(request), principal: request.principal.subject });',
    replace:
      '  key = String(request.headers[`idempotency-key`]);\n  const print = fingerprint(pick(request));',
  },
  {
    name: 'a key that somebody else has is refused',
    file: 'packages/http/src/idempotency.ts',
    find: '  if (subject === DEMO_SUBJECT) return key;',
    replace: '  if (subject !== service) return key;',
  },
  {
    name: 'the inbox is marked outside the transaction',
    file: handling,
    find: ': await admitFresh(messages, transaction);',
    replace: ': await unitOfWork.run((mark) => admitFresh(messages, mark));',
  },
  {
    name: 'the inbox is not asked',
    file: handling,
    find: 'const fresh = messages.filter(({ messageId }) => unhandled.delete(messageId));',
    replace: 'const fresh = unhandled ? messages : [];',
  },
  {
    name: 'later messages do not wait behind a dead letter',
    file: handling,
    find: 'if (orderId !== null && blocked.has(orderId)) {',
    replace: 'if (orderId !== null && blocked.has(-orderId)) {',
  },
  {
    name: 'what cannot be handled is dropped',
    file: handling,
    find: "    for (const each of fresh) transaction.addDeadLetter(deadLetterFor(each, 'dead', reasonOf(error)));\n",
    replace: '',
  },
  {
    name: 'a lost connection to the database makes dead letters',
    file: 'packages/persistence/src/infrastructure-error.ts',
    find: '/^Connection terminated|',
    replace: '/^Nothing of the kind|',
  },
  {
    name: 'a parked message is handled in front of the dead one',
    file: 'packages/messaging/src/dead-letters.ts',
    find: '      const [first] = await transaction.deadLettersWith(of);',
    replace: '      const first = (await transaction.deadLettersWith(of)).at(-1);',
  },
  {
    name: 'offsets are committed before the effect',
    file: 'packages/messaging/src/partition-work.ts',
    find: '      if (records.length > 0) await this.#onRecords(records, held.lost.signal);',
    replace: `      await this.#commit(held, next, partitions);
      if (records.length > 0) await this.#onRecords(records, held.lost.signal);`,
  },
  {
    name: 'a batch that failed counts as handled',
    file: 'packages/messaging/src/start-consumer.ts',
    find: '        throw error;\n',
    replace: '',
  },
  {
    name: 'a record that stops its partition',
    file: 'packages/messaging/src/incoming-message.ts',
    find: '  const decoded = decodeRecord(record, record);\n',
    replace: `  const decoded = decodeRecord(record, record);
  if (decoded.kind === 'unknownType') String((JSON.parse(record.value) as { eventType?: unknown }).eventType);
`,
  },
  {
    name: 'an id that no database takes stops its partition',
    file: 'contracts/src/event-identity.ts',
    find: 'if (id.length <= LONGEST && PLAIN.test(id)) return id;',
    replace: 'if (PLAIN.test(id) || !PLAIN.test(id)) return id;',
  },
  {
    name: 'the relay deletes before it publishes',
    file: relay,
    find: '    await publishTraced(\n',
    replace: '    await held.remove(events);\n    await publishTraced(\n',
  },
  {
    name: 'the relay takes a failed publication for a success',
    file: 'packages/messaging/src/publish-traced.ts',
    find: '  if (!tracer) return bus.publish(records);\n',
    replace: '  if (!tracer) return bus.publish(records).catch(() => undefined);\n',
  },
  {
    name: 'a member begins behind the committed offset',
    file: 'packages/messaging/src/held-partitions.ts',
    find: 'next: committed,',
    replace: 'next: committed + 1,',
  },
  {
    name: 'a member that cannot reach the log gives up',
    file: 'packages/messaging/src/leased-subscription.ts',
    find: '        if (failures++ === 0)\n',
    replace: '        if (failures++ === 0) return;\n        if (failures === 1)\n',
  },
  {
    name: 'a record that was put is read as it was before',
    file: 'packages/persistence/src/buffered-transaction.ts',
    find: '    this.#known.set(record.id, record);\n',
    replace: '',
  },
  {
    name: 'an event is stored without its record',
    file: 'packages/persistence/src/buffered-transaction.ts',
    find: 'records: [...this.#changed.values()].sort((a, b) => a.id - b.id),',
    replace: 'records: [...this.#changed.values()].slice(1).sort((a, b) => a.id - b.id),',
  },
  {
    name: 'publishing happens before the commit',
    file: 'packages/persistence/src/buffered-transaction.ts',
    find: '      events: this.#events,',
    replace: '      events: this.#events.slice(1),',
  },
  {
    name: 'a job ends with its first failure',
    file: 'packages/runtime/src/job.ts',
    find: "      log.error({ err: error, job: options.name }, 'job failed, will try again');",
    replace: '      stopped.abort();',
  },
  {
    name: 'a time-out counts as not sent',
    file: 'packages/resilience/src/guard.ts',
    find: "if (course.started) return whoseEnd(call, { kind: 'unknown', reason: 'timeout' });",
    replace: "if (course.started) return { kind: 'notSent', reason: 'unreachable', retryAfterMs: 0 };",
  },
  {
    name: 'a passing failure is the answer of a key for ever',
    file: 'packages/http/src/idempotency.ts',
    find: 'if (isFinal(reply, request.refusedWith))',
    replace: 'if (isFinal(reply, request.refusedWith) || reply.statusCode >= 500)',
  },
  {
    name: 'a temporary refusal is stored as final',
    file: 'packages/http/src/idempotency.ts',
    find: "return problems[refusedWith].lasts === 'final' && refusedWith !== 'idempotency-key-reused';",
    replace: "return statusCode < 500 && refusedWith !== 'idempotency-key-reused';",
  },
  {
    name: 'an order that is not ready to be cancelled counts as one that never will be',
    file: 'contracts/src/problems.ts',
    find: "    status: 409,\n    lasts: 'temporary',\n    ko: '결제 결과를 확인하고 있는 주문입니다. 잠시 후 다시 시도해 주세요.',",
    replace:
      "    status: 409,\n    lasts: 'final',\n    ko: '결제 결과를 확인하고 있는 주문입니다. 잠시 후 다시 시도해 주세요.',",
  },
];
