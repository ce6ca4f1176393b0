/** What a span is of: a request received or sent, a message published or handled. */
export type SpanKind = 'server' | 'client' | 'producer' | 'consumer';

/** Named by OpenTelemetry's semantic conventions where they have a name, else `phone82.…`. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  /** The `traceparent` of the cause; undefined begins a trace. */
  readonly parent: string | undefined;
  readonly attributes?: SpanAttributes;
}

/** A piece of work of one service. */
export interface Span {
  /** What its own effects name as their cause. */
  readonly traceparent: string;
  /** Ends it; a second end is ignored. `error` says in a word why it failed. */
  end(outcome?: { readonly attributes?: SpanAttributes; readonly error?: string | undefined }): void;
}

/** Records spans. Where there is none, the caller's `traceparent` is passed on as it came, and nothing is recorded. */
export interface Tracer {
  start(span: SpanStart): Span;
}

/** A tracer that sends its spans somewhere. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is not sent yet; for a list of components, where it is the first to start and the last to stop. */
  readonly component: { readonly name: string; stop(): Promise<void> };
}
