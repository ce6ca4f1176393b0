import type { Environment } from '@phone82/runtime';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { Network, Reply } from '../network/network.ts';
import type { World } from '../world/world.ts';

export interface ClientAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly body: any;
}

export interface ClientRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly body?: object;
  readonly key?: string | undefined;
  /** Who asks, as `signedIn` says it. Default: whoever sits at this machine. */
  readonly as?: { readonly authorization: string } | undefined;
}

const PATIENCE_MS = 2_500;

/** Someone outside who asks for things, and waits only so long for an answer. */
export class Client {
  readonly environment: Environment;
  readonly #world: World;
  readonly #process: SimulatedProcess;

  constructor(world: World, process: SimulatedProcess) {
    process.up = true;
    this.#world = world;
    this.#process = process;
    this.environment = world.connectionOf(process).environment;
  }

  /** The answer; undefined if none came, for whatever reason. */
  async ask(
    service: string,
    { method, url, body, key, as }: ClientRequest,
  ): Promise<ClientAnswer | undefined> {
    const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }), ...as };
    const { network } = this.#world;
    const patience = new AbortController();
    const reply = await Promise.race([
      received(network, this.#process, service, { method, url, headers, ...(body && { body: { ...body } }) }),
      this.environment.sleep(PATIENCE_MS, patience.signal),
    ]);
    patience.abort();
    if (reply?.kind !== 'answered') return undefined;
    if (reply.status === 500)
      this.#world.violate(`I0 ${service} answered 500 to ${method} ${url}: ${reply.body}`);
    return { status: reply.status, body: reply.body === '' ? undefined : JSON.parse(reply.body) };
  }

  /** Asks until the answer is one that settles it. */
  async askUntil(
    service: string,
    request: ClientRequest,
    isSettled: (answer: ClientAnswer) => boolean,
    mostTries = 200,
  ): Promise<ClientAnswer | undefined> {
    for (let tries = 0; tries < mostTries; tries++) {
      const answer = await this.ask(service, request);
      if (answer && isSettled(answer)) return answer;
      await this.environment.sleep(100 + this.environment.random() * 400);
    }
    return undefined;
  }
}

const received = (
  network: Network,
  from: SimulatedProcess,
  service: string,
  request: Parameters<Network['send']>[2],
) => new Promise<Reply>((resolve) => network.send(from, service, request, resolve));
