import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '@phone82/local-server';
import { eventually, httpClient, temporaryFolder } from '@phone82/testkit';

const OBSERVABILITY = path.resolve(import.meta.dirname, '..', 'deploy', 'observability');
const RULES = path.join(OBSERVABILITY, 'prometheus');

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** A real Prometheus (Debian: prometheus) with the project's own configuration and rules. */
export interface Prometheus {
  query(expression: string): Promise<readonly Sample[]>;
  /** The state of each target, by the label `app`. */
  targets(): Promise<Readonly<Record<string, string>>>;
  /** Alerts that fire, with the service that they name. */
  firing(): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

/** Scrapes the system whose ports are shifted so far each second; alerts fire without their waiting time. */
export async function startPrometheus(offset: number): Promise<Prometheus> {
  const folder = await temporaryFolder();
  const config = path.join(folder.path, 'config');
  await cp(RULES, config, { recursive: true });
  for (const file of await readdir(config)) await rewrite(path.join(config, file), offset);
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${path.join(config, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  const api = httpClient(`http://127.0.0.1:${port}`);
  await eventually(async () => {
    const { status } = await api.get('/-/ready');
    if (status !== 200) throw new Error(`Prometheus is not ready: ${status}`);
  }, PATIENCE);
  return {
    query: async (expression) => {
      const { status, body, text } = await api.get(`/api/v1/query?query=${encodeURIComponent(expression)}`);
      if (status !== 200) throw new Error(`${expression}: ${text}`);
      return body.data.result;
    },
    targets: async () => {
      const { body } = await api.get('/api/v1/targets?state=active');
      const targets = body.data.activeTargets as { labels: { app: string }; health: string }[];
      return Object.fromEntries(targets.map(({ labels, health }) => [labels.app, health]));
    },
    firing: async () => {
      const { body } = await api.get('/api/v1/alerts');
      const alerts = body.data.alerts as { labels: Record<string, string>; state: string }[];
      const fire = alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels);
      return new Set(
        fire.map(({ alertname, service, app }) => `${alertname} ${service ?? app ?? ''}`.trim()),
      );
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await folder.remove();
    },
  };
}

const PATIENCE = { timeoutMs: 30_000 };

async function rewrite(file: string, offset: number): Promise<void> {
  const text = await readFile(file, 'utf8');
  const shifted = text
    .replaceAll(/127\.0\.0\.1:(\d+)/g, (_, port) => `127.0.0.1:${Number(port) + offset}`)
    .replaceAll(/_interval: 15s/g, '_interval: 1s')
    .replaceAll(/^( +for:) \w+$/gm, '$1 0s');
  await writeFile(file, shifted);
}

/** Every query of every dashboard, as Grafana would send it for a service. */
export async function dashboardQueries(
  service: string,
): Promise<readonly { where: string; query: string }[]> {
  const folder = path.join(OBSERVABILITY, 'grafana');
  const files = await readdir(folder);
  const dashboards = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return dashboards.flatMap((text) => {
    const { title, panels } = JSON.parse(text) as Dashboard;
    return panels.flatMap((panel) =>
      panel.targets.map(({ expr }) => ({
        where: `${title} / ${panel.title}`,
        query: expr.replaceAll('$__rate_interval', '1m').replaceAll('$service', service),
      })),
    );
  });
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}
