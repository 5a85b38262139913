import { InputError } from '@backstage/errors';
import { wordText, type Wording } from '@cloudtrace/plugin-cloudtrace-common';

/** A file that cannot be read, with the message behind its text. */
export class RefusedScanError extends InputError {
  readonly #wording: Wording;

  constructor(wording: Wording) {
    super(wordText(wording));
    this.#wording = wording;
  }

  /** A getter, so that responses to clients contain only the text. */
  get wording(): Wording {
    return this.#wording;
  }
}
