import type { JWTPayload } from 'jose';
import { shortRef } from '../shortRef';
import type { OidcProviderConfig } from './types';

const MAX_REF_LENGTH = 256;

/**
 * Returns the ref of a run, or why it may not upload.
 *
 * @remarks Runs for pull requests are rejected: their code does not belong to
 * the branch in the token (`pull_request_target` contains the base branch), and
 * a scan of it would mark findings of that branch as fixed. Only `refs/heads/`
 * is removed, so that a tag named `main` is not the branch `main`.
 */
export function readRef(
  claims: JWTPayload,
  config: OidcProviderConfig,
): { name: string } | { refusal: string } {
  if (config.provider === 'github') {
    const event = claims.event_name;
    if (typeof event !== 'string') {
      return { refusal: "The token has no claim 'event_name'" };
    }
    if (event.startsWith('pull_request')) {
      return {
        refusal: `Uploads from runs for pull requests are not accepted (event_name is '${event}'): upload from a run for a branch or tag`,
      };
    }
  }
  const claim = claims[config.refClaim];
  if (typeof claim !== 'string' || !claim.trim()) {
    return {
      refusal: `The token has no claim '${config.refClaim}': upload from a run for a branch`,
    };
  }
  if (claim.startsWith('refs/pull/')) {
    return {
      refusal: `Uploads from runs for pull requests are not accepted (${config.refClaim} is '${claim}')`,
    };
  }
  const name = shortRef(claim);
  // A branch of this name would count as `main`, or as a tag or a pull request.
  if (claim.startsWith('refs/heads/refs/')) {
    return {
      refusal: `The claim '${config.refClaim}' cannot be used: the name of a branch must not begin with refs/`,
    };
  }
  if (name.length > MAX_REF_LENGTH || name.includes('\u0000')) {
    return {
      refusal: `The claim '${config.refClaim}' cannot be used: it is longer than ${MAX_REF_LENGTH} characters or has a NUL`,
    };
  }
  if (config.refs && !config.refs.some(pattern => matches(pattern, name))) {
    return {
      refusal: `Uploads from '${name}' are not accepted; accepted refs: ${config.refs.join(
        ', ',
      )}`,
    };
  }
  return { name };
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(name);
}
