import { createInterface } from 'node:readline/promises';

/** Asks at a terminal. Ctrl-C, the end of the input and an aborted signal are a no. */
export async function askForYes(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupted?: AbortSignal,
): Promise<boolean> {
  const terminal = createInterface({ input, output });
  const left = new AbortController();
  interrupted?.addEventListener('abort', () => left.abort());
  terminal.on('SIGINT', () => left.abort()).on('close', () => left.abort());
  try {
    const answer = await terminal.question(question, { signal: left.signal });
    return answer.trim().toLowerCase() === 'yes';
  } catch (error) {
    if (left.signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
