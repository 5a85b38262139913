/** CI systems whose tokens are understood. */
export type OidcProviderKind = 'github' | 'bitbucket';

/** An issuer of CI tokens that is trusted, with defaults filled in. */
export interface OidcProviderConfig {
  provider: OidcProviderKind;
  /** Exactly the `iss` of the tokens. */
  issuer: string;
  /** One of them must be in `aud`. */
  audiences: string[];
  jwksUri: URL;
  /** Claim that names the repository. */
  repositoryClaim: string;
  /** Claim that names the branch or tag. */
  refClaim: string;
  /** Entity annotations of which one must name the same repository. */
  annotations: string[];
  /** Refs that may upload, `*` stands for any text; all if absent. */
  refs?: string[];
  /** Signature algorithms, asymmetric ones only. */
  algorithms: string[];
}

/** What a genuine token says about the run that sent it. */
export interface CiIdentity {
  config: OidcProviderConfig;
  issuer: string;
  subject: string;
  /** As the claim has it. */
  repository: string;
  /** What stays when the repository is renamed, and is never given to another one; `undefined` if the issuer does not say. */
  repositoryId: string | undefined;
  /** A branch by its short name, anything else in full, such as `refs/tags/v1`. */
  ref: string;
}
