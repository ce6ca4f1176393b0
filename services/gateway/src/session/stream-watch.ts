import type { Environment, JobOptions, Log } from '@phone82/runtime';
import type { Session } from './session.ts';
import type { SessionKeeper } from './session-keeper.ts';

interface Stream {
  destroy(): void;
  once(event: 'close', listener: () => void): unknown;
}

/** Ends event streams with their sessions. While a stream is open its session is in use. */
export interface StreamWatch {
  follow(session: Session, stream: Stream): void;
  readonly job: JobOptions;
}

/** With the 5 s for which a copy remembers a session, a stream ends within 8 s of its session. */
const LOOK_EVERY_MS = 2_000;
/** A stream is cut if nobody could say for so long whether its session lives. */
const UNKNOWN_MS = 7_000;

interface Watched {
  readonly streams: Set<Stream>;
  knownAt: number;
}

export function createStreamWatch(
  keeper: Pick<SessionKeeper, 'findByHash'>,
  { environment, log }: { readonly environment: Pick<Environment, 'now'>; readonly log: Log },
): StreamWatch {
  const watched = new Map<string, Watched>();
  const look = async (idHash: string, known: Watched) => {
    try {
      if (await keeper.findByHash(idHash)) known.knownAt = environment.now();
      else end(known);
    } catch (error) {
      log.warn({ err: error }, 'the session of an event stream is not known now');
      if (environment.now() - known.knownAt >= UNKNOWN_MS) end(known);
    }
  };
  return {
    follow: ({ idHash }, stream) => {
      const known = watched.get(idHash) ?? { streams: new Set(), knownAt: environment.now() };
      watched.set(idHash, known);
      known.streams.add(stream);
      stream.once('close', () => {
        known.streams.delete(stream);
        if (known.streams.size === 0) watched.delete(idHash);
      });
    },
    job: {
      name: 'watch-streams',
      everyMs: LOOK_EVERY_MS,
      run: async () => {
        await Promise.all([...watched].map(([idHash, known]) => look(idHash, known)));
        return 'done';
      },
    },
  };
}

function end({ streams }: Watched): void {
  for (const stream of [...streams]) stream.destroy();
}
