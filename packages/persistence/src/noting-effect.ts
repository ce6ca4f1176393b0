import { noteEffect } from '@phone82/telemetry';
import { isCertainlyUndone } from './certain-failure.ts';

/** Notes for the request at hand that a write was carried out, or may have been. Gives the write's own outcome. */
export async function notingEffect<T>(write: Promise<T>): Promise<T> {
  try {
    const result = await write;
    noteEffect();
    return result;
  } catch (error) {
    if (!isCertainlyUndone(error)) noteEffect();
    throw error;
  }
}
