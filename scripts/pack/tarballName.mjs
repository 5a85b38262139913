/** File name of a packed package, as npm names it: `@a/b` 1.0.0 is `a-b-1.0.0.tgz`. */
export function tarballName(name, version) {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}
