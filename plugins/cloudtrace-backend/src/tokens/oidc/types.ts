/** Supported CI systems. */
export type OidcProviderKind = 'github' | 'bitbucket';

/** A trusted issuer of CI tokens, with defaults filled in. */
export interface OidcProviderConfig {
  provider: OidcProviderKind;
  /** The exact `iss` of the tokens. */
  issuer: string;
  /** One of them must be in `aud`. */
  audiences: string[];
  jwksUri: URL;
  /** Claim with the repository. */
  repositoryClaim: string;
  /** Claim with the branch or tag. */
  refClaim: string;
  /** Entity annotations, one of which must contain the same repository. */
  annotations: string[];
  /** Refs that may upload; `*` stands for any text. All if absent. */
  refs?: string[];
  /** Signature algorithms, asymmetric only. */
  algorithms: string[];
}

/** What a genuine token states about its run. */
export interface CiIdentity {
  config: OidcProviderConfig;
  issuer: string;
  subject: string;
  /** As in the claim. */
  repository: string;
  /**
   * An id that survives a rename of the repository and is never reused;
   * `undefined` if the issuer does not provide one.
   */
  repositoryId: string | undefined;
  /** A branch by its short name, anything else in full, such as `refs/tags/v1`. */
  ref: string;
}
