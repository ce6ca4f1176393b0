import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import { currentContext, traceIdOf } from './context.ts';
import { standardOutput } from './standard-output.ts';

export interface LogOptions {
  readonly service: string;
  /** `trace` to `fatal`, or `silent`. Default `info`. */
  readonly level?: LevelWithSilent;
  /** Where the lines go. Default: standard output. */
  readonly destination?: DestinationStream;
  /** Gets each line too. */
  readonly copyTo?: DestinationStream | undefined;
}

/** One JSON line per entry, with the ids of the request or the message that it belongs to. */
export function createLog({ service, level = 'info', destination, copyTo }: LogOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: contextFields,
  };
  const lines = destination ?? standardOutput();
  if (!copyTo) return pino(options, lines);
  const both = (line: string) => {
    lines.write(line);
    copyTo.write(line);
  };
  return pino(options, { write: both });
}

function contextFields(): object {
  const context = currentContext();
  if (!context) return {};
  const { correlationId, traceparent, causationId } = context;
  return { correlationId, traceId: traceIdOf(traceparent), ...(causationId && { causationId }) };
}

export type { Logger } from 'pino';
