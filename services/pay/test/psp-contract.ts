import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { MisbehaviourRule } from '@phone82/psp-simulator';
import { type JumpingEnvironment, jumpingEnvironment } from '@phone82/testkit';
import type { Psp, PspTransaction } from '../src/usecases/psp-port.ts';

/** A PSP as pay sees it, and what the suite does to it behind pay's back. */
export interface PspOnTrial {
  readonly psp: Psp;
  misbehave(...rules: readonly MisbehaviourRule[]): void;
  /** Its books on an order: `charge 1000`, `refund 1000`. */
  linesOf(orderId: number): Promise<string[]>;
  close(): Promise<void>;
}

/** What every adapter of the port `Psp` has to do. `open`: on empty books. */
export function pspContract(
  name: string,
  open: (environment: JumpingEnvironment) => Promise<PspOnTrial>,
): void {
  describe(`a PSP (${name})`, () => {
    const the = {} as PspOnTrial & { environment: JumpingEnvironment };
    let orders = 0;
    const order = () => ({ orderId: ++orders, amount: 5_000 });
    before(async () => {
      const environment = jumpingEnvironment();
      Object.assign(the, await open(environment), { environment });
    });
    beforeEach(() => the.misbehave());
    after(() => the.close());
    chargesContract(the, order);
    lostAnswersContract(the, order);
    refundsContract(the, order);
    transactionsContract(the, order);
  });
}

type Order = () => { orderId: number; amount: number };
type Trial = PspOnTrial & { environment: JumpingEnvironment };

const SECOND_MS = 1_000;

function chargesContract(the: Trial, order: Order): void {
  test('takes the money once, however often the charge is sent', async () => {
    const asked = order();
    const now = the.environment.now();
    const first = await the.psp.charge(asked);
    assert.ok(
      first.kind === 'charged' && Math.abs(first.chargedAt - now) < 60 * SECOND_MS,
      JSON.stringify(first),
    );
    assert.deepEqual(await the.psp.charge(asked), first);
    assert.deepEqual(await the.psp.lookUp(asked), first);
    assert.deepEqual(await the.linesOf(asked.orderId), ['charge 5000']);
  });

  test('knows no charge of an order that was never sent', async () => {
    assert.deepEqual(await the.psp.lookUp(order()), { kind: 'absent' });
  });

  test('says no with the code of the card company, and no again', async () => {
    const asked = order();
    the.misbehave({ kind: 'decline', code: 'REJECT_CARD_PAYMENT', operation: 'charge' });
    const declined = { kind: 'declined', code: 'REJECT_CARD_PAYMENT' };
    assert.deepEqual(await the.psp.charge(asked), declined);
    the.misbehave();
    assert.deepEqual(await the.psp.charge(asked), declined);
    assert.deepEqual(await the.psp.lookUp(asked), declined);
    assert.deepEqual(await the.linesOf(asked.orderId), []);
  });

  test('says no to less than a card pays', async () => {
    const answer = await the.psp.charge({ ...order(), amount: 99 });
    assert.deepEqual(answer, { kind: 'declined', code: 'BELOW_MINIMUM_AMOUNT' });
  });

  test('says nothing of a charge of another amount', async () => {
    const asked = order();
    await the.psp.charge(asked);
    assert.equal((await the.psp.lookUp({ ...asked, amount: 1 })).kind, 'unanswered');
  });
}

function lostAnswersContract(the: Trial, order: Order): void {
  test('knows the charge whose answer was lost', async () => {
    const asked = order();
    the.misbehave({ kind: 'dropReply', operation: 'charge' });
    assert.deepEqual(await the.psp.charge(asked), { kind: 'lost', code: null });
    the.misbehave();
    assert.equal((await the.psp.lookUp(asked)).kind, 'charged');
    assert.equal((await the.psp.charge(asked)).kind, 'charged');
    assert.deepEqual(await the.linesOf(asked.orderId), ['charge 5000']);
  });

  test('knows nothing of a charge that was lost on its way', async () => {
    const asked = order();
    the.misbehave({ kind: 'dropRequest', operation: 'charge' });
    assert.deepEqual(await the.psp.charge(asked), { kind: 'lost', code: null });
    assert.deepEqual(await the.psp.lookUp(asked), { kind: 'absent' });
  });

  for (const [status, code] of [
    [500, 'FAILED_INTERNAL_SYSTEM_PROCESSING'],
    [400, 'PROVIDER_ERROR'],
    [403, 'A_CODE_THAT_NOBODY_LISTED'],
    [502, 'Bad Gateway'],
  ] as const)
    test(`leaves the outcome open on ${status} ${code}`, async () => {
      the.misbehave({ kind: 'error', status, code, operation: 'charge' });
      assert.equal((await the.psp.charge(order())).kind, 'lost');
    });

  test('leaves the outcome open while the first charge is still at work, and takes it once', async () => {
    const asked = order();
    the.misbehave({ kind: 'slow', ms: 60_000, commit: 'last', operation: 'charge', times: 1 });
    const first = the.psp.charge(asked);
    assert.deepEqual(await secondOf(the, asked), { kind: 'lost', code: null });
    assert.deepEqual(await the.psp.lookUp(asked), { kind: 'absent' });
    the.environment.jump(60_000);
    assert.equal((await first).kind, 'charged');
    assert.deepEqual(await the.linesOf(asked.orderId), ['charge 5000']);
  });

  test('asks for patience when it can not be asked', async () => {
    the.misbehave({ kind: 'error', status: 500, operation: 'lookUp' });
    assert.equal((await the.psp.lookUp(order())).kind, 'unanswered');
  });
}

/** The same charge again, once the first is seen to be at work. */
async function secondOf({ psp }: Trial, asked: { orderId: number; amount: number }) {
  await new Promise((resolve) => setImmediate(resolve));
  return psp.charge(asked);
}

function refundsContract(the: Trial, order: Order): void {
  const charged = async () => {
    const asked = order();
    const answer = await the.psp.charge(asked);
    assert.ok(answer.kind === 'charged');
    return { ...asked, paymentKey: answer.paymentKey, round: 0 };
  };

  test('gives the money back once, however often it is asked', async () => {
    const payment = await charged();
    const first = await the.psp.refund(payment);
    assert.equal(first.kind, 'refunded');
    assert.deepEqual(await the.psp.refund(payment), first);
    assert.deepEqual(await the.psp.refund({ ...payment, round: 3 }), first);
    const seen = await the.psp.lookUp(payment);
    assert.deepEqual(seen, { kind: 'cancelled', refundedAt: first.kind === 'refunded' && first.refundedAt });
    assert.deepEqual(await the.linesOf(payment.orderId), ['charge 5000', 'refund 5000']);
  });

  test('gives back a payment whose key was never learned', async () => {
    const payment = await charged();
    assert.equal((await the.psp.refund({ ...payment, paymentKey: null })).kind, 'refunded');
  });

  test('asks to try again when the answer to a refund is lost, and has done it', async () => {
    const payment = await charged();
    the.misbehave({ kind: 'dropReply', operation: 'cancel' });
    assert.equal((await the.psp.refund(payment)).kind, 'retry');
    the.misbehave();
    assert.equal((await the.psp.refund(payment)).kind, 'refunded');
    assert.deepEqual(await the.linesOf(payment.orderId), ['charge 5000', 'refund 5000']);
  });

  test('says so when it refuses, and gives the money back in a later round', async () => {
    const payment = await charged();
    the.misbehave({ kind: 'decline', code: 'EXCEED_MAX_REFUND_DUE', operation: 'cancel' });
    const refused = { kind: 'refused', code: 'EXCEED_MAX_REFUND_DUE' };
    assert.deepEqual(await the.psp.refund(payment), refused);
    the.misbehave();
    assert.deepEqual(await the.psp.refund(payment), refused, 'the key of a round keeps its answer');
    assert.equal((await the.psp.refund({ ...payment, round: 1 })).kind, 'refunded');
  });

  test('says so when it could not', async () => {
    the.misbehave({ kind: 'decline', code: 'PROVIDER_ERROR', operation: 'cancel' });
    assert.deepEqual(await the.psp.refund(await charged()), { kind: 'failed', code: 'PROVIDER_ERROR' });
  });

  test('refuses to give back what it never took', async () => {
    const refund = await the.psp.refund({ ...order(), paymentKey: null, round: 0 });
    assert.deepEqual(refund, { kind: 'refused', code: 'NOT_FOUND_PAYMENT' });
  });
}

function transactionsContract(the: Trial, order: Order): void {
  test('lists every movement of money of a period, the oldest first', async () => {
    the.environment.jump(60 * SECOND_MS);
    const from = Math.ceil(the.environment.now() / SECOND_MS) * SECOND_MS;
    the.environment.jump(2 * SECOND_MS);
    const [kept, returned, later] = [order(), order(), order()];
    await the.psp.charge(kept);
    await the.psp.charge(returned);
    await the.psp.refund({ ...returned, paymentKey: null, round: 0 });
    the.environment.jump(10 * SECOND_MS);
    const to = Math.floor(the.environment.now() / SECOND_MS) * SECOND_MS;
    the.environment.jump(10 * SECOND_MS);
    await the.psp.charge(later);
    const seen: PspTransaction[] = [];
    for await (const page of the.psp.transactions({ from, to }, new AbortController().signal))
      seen.push(...page);
    assert.deepEqual(
      seen.map(({ orderId, kind, amount }) => [orderId, kind, amount]),
      [
        [kept.orderId, 'charge', 5_000],
        [returned.orderId, 'charge', 5_000],
        [returned.orderId, 'refund', 5_000],
      ],
    );
  });
}
