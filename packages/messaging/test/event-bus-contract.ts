import { afterEach, beforeEach, describe } from 'node:test';
import type { BusUnderTest, ContractPatience, Subject } from './bus-under-test.ts';
import { deliveryCases } from './event-bus-contract-delivery.ts';
import { failureCases } from './event-bus-contract-failures.ts';
import { groupCases } from './event-bus-contract-groups.ts';
import { historyCases } from './event-bus-contract-history.ts';

/** What every bus does, whatever the log is kept in. */
export function eventBusContract(
  name: string,
  create: () => Promise<BusUnderTest>,
  patience: ContractPatience = { timeoutMs: 5_000, quietMs: 150 },
): void {
  describe(`event bus contract: ${name}`, () => {
    let subject: BusUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(() => subject.close());
    const the: Subject = () => ({ ...subject, ...patience });
    deliveryCases(the);
    groupCases(the);
    historyCases(the);
    failureCases(the);
  });
}
