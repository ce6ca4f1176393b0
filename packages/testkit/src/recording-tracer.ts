import { newTraceparent, type SpanStart, type Tracer } from '@phone82/telemetry';

export interface RecordedSpan extends SpanStart {
  readonly traceparent: string;
  isOver: boolean;
  error?: string | undefined;
}

/** A tracer that keeps its spans, in the order in which they were begun. */
export function recordingTracer(): Tracer & { readonly spans: readonly RecordedSpan[] } {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    start: (span) => {
      const fresh = newTraceparent();
      const traceparent = span.parent ? `${span.parent.slice(0, 36)}${fresh.slice(36)}` : fresh;
      const recorded: RecordedSpan = { ...span, traceparent, isOver: false };
      spans.push(recorded);
      return {
        traceparent,
        end: ({ error } = {}) => {
          if (recorded.isOver) return;
          recorded.isOver = true;
          recorded.error = error;
        },
      };
    },
  };
}
