import type { SystemUnderTest } from '../system-under-test.ts';
import type { Receiver } from './service-state.ts';

const PAGE = 100;
const TRIED = 10;

/** Whether an operator can list, show, retry and discard the letters of a service, however many there are. Faults in words. */
export async function lettersCanBeSeenTo(
  system: SystemUnderTest,
  service: Receiver,
): Promise<readonly string[]> {
  const http = system.http(service);
  const { totalElements } = (await http.get('/dead-letters?size=1')).body;
  const pages = Math.ceil(totalElements / PAGE);
  const faults: string[] = [];
  const chosen: string[] = [];
  for (const page of new Set([0, Math.floor(pages / 2), pages - 1])) {
    const { status, body } = await http.get(`/dead-letters?page=${page}&size=${PAGE}`);
    if (status !== 200 || body.items.length === 0) faults.push(`page ${page} of ${pages}: ${status}`);
    else chosen.push(...body.items.slice(0, TRIED).map((letter: { messageId: string }) => letter.messageId));
  }
  for (const messageId of chosen) {
    const address = `/dead-letters/${encodeURIComponent(messageId)}`;
    const shown = await http.get(address);
    const retried = await http.post(`${address}/retry`, {});
    const discarded = await http.post(`${address}/discard`, {});
    const statuses = [shown.status, retried.status, discarded.status];
    if (statuses.join() !== '200,200,200') faults.push(`${messageId}: ${statuses}`);
  }
  return faults;
}
