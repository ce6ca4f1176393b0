import http from 'node:http';

/** The socket on which the test runner hands out the servers that all test files share. */
export const SOCKET = 'PHONE82_TEST_SERVERS';

/** Whether the test runner shares servers with this process; a file that is run on its own starts its own. */
export const sharesServers = (): boolean => Boolean(process.env[SOCKET]);

/** Asks the runner for a shared server, which it starts at the first such request. @throws Error with the runner's reason. */
export function askRunner<Answer>(path: string, body: object = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath: process.env[SOCKET], path, method: 'POST', agent: false });
    request.on('error', reject).on('response', async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
      else reject(new Error(text));
    });
    request.end(JSON.stringify(body));
  });
}
