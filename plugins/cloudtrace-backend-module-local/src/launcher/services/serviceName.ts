/** Names that are safe as folder, database and label. */
const pattern = /^[a-z](?:[a-z0-9-]{0,48}[a-z0-9])?$/;

/** Throws if the fleet cannot use a name. */
export function assertServiceName(name: string) {
  if (!pattern.test(name)) {
    throw new Error(
      `"${name}" is not a valid service name: use lower-case letters, digits and dashes, starting with a letter, at most 50 characters`,
    );
  }
}
