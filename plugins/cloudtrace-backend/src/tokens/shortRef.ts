/**
 * The one spelling of a ref: a branch by its name alone, `main` for
 * `refs/heads/main`. Tags and pull requests keep `refs/tags/` and `refs/pull/`,
 * so that a tag named `main` is not the branch.
 */
export function shortRef(ref: string): string {
  return ref.replace(/^(refs\/heads\/)+(?=.)/, '');
}

/** The other spelling, under which earlier versions stored uploads. */
export function longRef(ref: string): string {
  return `refs/heads/${ref}`;
}
