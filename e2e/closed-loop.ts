import http from 'node:http';

/** What became of a request: a whole answer, a connection that was never had, or nothing, after it was sent. */
type Outcome = 'answered' | 'toldToLeave' | 'refused' | `lost: ${string}`;

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  /** Between an answer and the next request, while the connection is idle. Default 0. */
  readonly pauseMs?: number;
}

/** One client that sends the next request when the last is answered, over one kept-alive connection. */
export interface ClosedLoop {
  answered(): number;
  /** Resolves once the client is sent away or finds nobody, with the requests that were lost. */
  readonly ended: Promise<readonly string[]>;
}

export function startClosedLoop(port: number, asked: Asked): ClosedLoop {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let answered = 0;
  const run = async () => {
    const lost: string[] = [];
    let outcome: Outcome = 'answered';
    while (outcome === 'answered') {
      outcome = await send(agent, port, asked);
      if (outcome === 'answered' || outcome === 'toldToLeave') answered += 1;
      else if (outcome !== 'refused') lost.push(`${asked.path} after ${answered}: ${outcome}`);
      if (asked.pauseMs) await new Promise((resolve) => setTimeout(resolve, asked.pauseMs));
    }
    agent.destroy();
    return lost;
  };
  return { answered: () => answered, ended: run() };
}

function send(agent: http.Agent, port: number, { method = 'GET', path, body }: Asked): Promise<Outcome> {
  const headers = { ...(body && { 'content-type': 'application/json' }) };
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', port, agent, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) >= 400) resolve(`lost: ${answer.statusCode}`);
        else resolve(answer.headers.connection === 'close' ? 'toldToLeave' : 'answered');
      });
      answer.on('error', (error) => resolve(`lost: ${error.message} in the middle of an answer`));
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : `lost: ${error.code ?? error.message}`),
    );
    request.end(body);
  });
}
