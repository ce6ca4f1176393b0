import http, { type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { listen } from '@phone82/http';
import { loadConfig } from '@phone82/runtime';
import { addressKey, routed } from '@phone82/service-list';
import { createLog, createMetrics } from '@phone82/telemetry';
import { buildGateway, type GatewayBase } from '../src/build.ts';
import { gatewayConfig } from '../src/config.ts';

const NOWHERE = 'http://127.0.0.1:1';

/** A service that only this test knows; returns its base URL. */
export async function fakeService(t: TestContext, answer: RequestListener): Promise<string> {
  const server = http.createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The gateway on a free port, before services of which all that are not given are down. */
export async function startGateway(
  t: TestContext,
  env: Record<string, string> = {},
  options: Partial<GatewayBase> = {},
) {
  const down = routed.map((name) => [addressKey(name), NOWHERE]);
  const config = loadConfig(gatewayConfig, { ...Object.fromEntries(down), PORT: '0', ...env });
  const log = createLog({ service: 'gateway', level: 'silent' });
  const metrics = createMetrics('gateway');
  const { server, connections } = await buildGateway(config, { log, metrics, ...options });
  const { port, stop } = await listen(server, { port: 0, graceMs: 10 });
  let stopped: Promise<void> | undefined;
  const stopOnce = () => {
    stopped ??= stop().then(() => connections.stop());
    return stopped;
  };
  t.after(stopOnce);
  return { url: `http://127.0.0.1:${port}`, port, metrics: options.metrics ?? metrics, stop: stopOnce };
}

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
