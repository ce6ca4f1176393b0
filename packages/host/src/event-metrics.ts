import type { ConsumerMetrics, RelayMetrics } from '@phone82/messaging';
import type { Metrics } from '@phone82/telemetry';

/** What the relay and the consumer tell, as metrics. */
export function eventMetrics(metrics: Metrics): RelayMetrics & ConsumerMetrics {
  const published = metrics.counter('events_published_total', 'Events that reached the log');
  const delay = metrics.histogram('outbox_delay_seconds', 'How long the oldest event of a batch waited');
  const handled = metrics.counter('events_handled_total', 'Events that took effect', ['event']);
  const lag = metrics.histogram('event_lag_seconds', 'From an event until it took effect', ['event']);
  const dead = metrics.counter('dead_letters_total', 'Messages that could not be handled', ['event']);
  const failed = metrics.counter('event_batches_failed_total', 'Batches of events that come again');
  const standing = metrics.gauge(
    'consumer_stalled_seconds',
    'How long a partition with unread records has not moved; 0 while all move',
    ['group'],
  );
  return {
    published: (count, oldestAgeMs) => {
      published.inc(count);
      delay.observe(oldestAgeMs / 1000);
    },
    handled: (event, lagMs) => {
      handled.inc({ event });
      lag.observe({ event }, lagMs / 1000);
    },
    deadLettered: (event) => dead.inc({ event }),
    batchFailed: () => failed.inc(),
    standing: (group, seconds) =>
      seconds === undefined ? standing.remove({ group }) : standing.set({ group }, seconds),
  };
}
