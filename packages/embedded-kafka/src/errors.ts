import { LocalServerError } from '@phone82/local-server';

type Fault = 'javaMissing' | 'mavenMissing' | 'downloadFailed' | 'formatFailed' | 'startFailed' | 'portTaken';

/** Why the broker can't run; the message is a sentence that says what to do. */
export class EmbeddedKafkaError extends LocalServerError<Fault> {}
