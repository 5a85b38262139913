import { mutationsOf, type Mutation } from './Mutation';

/** Mistakes in Terraform code about the sign-in at the load balancer. */
export const TERRAFORM_SIGN_IN_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf('modules/signin/main.tf', [
    [
      'everybody let through without sign-in',
      'unauthenticated = "deny"',
      'unauthenticated = "allow"',
    ],
    [
      'pages let through without sign-in',
      'unauthenticated = "authenticate"',
      'unauthenticated = "allow"',
    ],
    [
      'scripts redirected to the page of the identity provider',
      'unauthenticated = "deny"',
      'unauthenticated = "authenticate"',
    ],
    ['a sign-in for some paths only', '["/*"]', '["/admin/*"]'],
    [
      'a client secret of the sign-in in the code',
      '"{{resolve:secretsmanager:${local.secret_name}:SecretString:::${var.secret_version}}}"',
      '"a-client-secret"',
    ],
    [
      'a sign-in after the forwarding',
      '{ Type = "forward", Order = 2,',
      '{ Type = "forward", Order = 0,',
    ],
    [
      'an identity provider that the load balancer cannot reach',
      'from_port         = 443\n  to_port           = 443',
      'from_port         = 80\n  to_port           = 80',
    ],
    [
      'a load balancer that may connect anywhere',
      'from_port         = 443\n  to_port           = 443',
      'from_port         = 0\n  to_port           = 65535',
    ],
    [
      'all paths exempt from sign-in',
      'values = var.exempt_paths',
      'values = ["/*"]',
    ],
    [
      'the internet exempt from sign-in',
      'values = var.exempt_networks',
      'values = ["0.0.0.0/1", "128.0.0.0/1"]',
    ],
    [
      'a sign-in without the scope openid',
      'Scope                 = var.client.scope',
      'Scope                 = "email"',
    ],
  ]),
  ...mutationsOf('modules/load-balancer/https-listener.tf', [
    [
      'a sign-in on plain HTTP',
      'aws_lb_listener.https.arn',
      'aws_lb_listener.http.arn',
    ],
  ]),
];
