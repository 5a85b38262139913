import { md, pki } from 'node-forge';

const KEY_BITS = 2048;
const DAY_MS = 86_400_000;
/** Types of alternative names in X.509. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

type Name = { type: number; value?: string; ip?: string };

let lastSerial = 0;

/** A certificate authority, which can issue certificates for servers. */
export function createAuthority(name: string) {
  const keys = pki.rsa.generateKeyPair(KEY_BITS);
  const subject = [{ name: 'commonName', value: name }];
  const sign = (
    publicKey: pki.PublicKey,
    owner: typeof subject,
    extensions: object[],
  ) => {
    const certificate = pki.createCertificate();
    lastSerial += 1;
    certificate.serialNumber = lastSerial.toString(16).padStart(2, '0');
    certificate.publicKey = publicKey;
    certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
    certificate.validity.notAfter = new Date(Date.now() + DAY_MS);
    certificate.setSubject(owner);
    certificate.setIssuer(subject);
    certificate.setExtensions(extensions);
    certificate.sign(keys.privateKey, md.sha256.create());
    return pki.certificateToPem(certificate);
  };
  const cert = sign(keys.publicKey, subject, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]);
  const issue = (altName: Name) => {
    const own = pki.rsa.generateKeyPair(KEY_BITS);
    return {
      cert: sign(
        own.publicKey,
        [{ name: 'commonName', value: 'kube-apiserver' }],
        [{ name: 'subjectAltName', altNames: [altName] }],
      ),
      key: pki.privateKeyToPem(own.privateKey),
    };
  };
  return {
    /** As in the `kubernetes` section. */
    caData: Buffer.from(cert).toString('base64'),
    issueFor: (address: string) => issue({ type: IP_ADDRESS, ip: address }),
    issueForHost: (host: string) => issue({ type: DNS_NAME, value: host }),
  };
}
