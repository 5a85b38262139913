/** Why a source of scans could not be polled. */
export const scanSourceMessages = {
  sentences: '{{first}}. {{second}}',
  'source-timeout': '{{where}} did not respond completely within {{time}}',
  'source-redirect':
    '{{where}} responded with a redirect, which CloudTrace does not follow; configure the final URL',
  'source-unreachable':
    '{{where}} could not be reached, or its response broke off',
  'source-invalid-json': '{{where}} returned invalid or incomplete JSON',
  'source-token-rejected':
    '{{where}} rejected the configured token (HTTP {{status}})',
  'source-overloaded': '{{where}} is overloaded (HTTP {{status}})',
  'source-http-status': '{{where}} returned HTTP {{status}}',
  'source-too-large':
    '{{where}} responded with more than {{kib}} KiB, so CloudTrace did not read it',
  'source-not-stored': 'The response from {{source}} could not be stored',
  'source-portal-busy':
    'The portal is already reading too many scans; the next pull tries again',
  'aws-instances-not-scanned':
    '{{service}} does not scan {{unchecked}} of {{total}} instances',
  'snyk-unknown-project':
    'Snyk has no project {{project}} in the organisation, or the token may not see it',
  'snyk-missing-project':
    'Snyk does not list the project {{project}} in its target any more; its findings are closed when it has been missing for a day',
  'snyk-incomplete-project': 'Snyk returned a project without name or type',
  'snyk-foreign-page':
    '{{where}} names a next page outside of {{api}}, which is not read',
  'snyk-too-many-bytes':
    'Snyk has more than {{bytes}} bytes of issues of the project {{project}}',
  'snyk-too-many-pages':
    '{{where}} has more than {{pages}} pages, or pages that form a loop',
  'snyk-no-list': '{{where}} did not return a JSON:API list',
  'sonarqube-analysed-meanwhile':
    'SonarQube analysed the project during the read; the next pull reads it again',
  'sonarqube-no-analysis':
    'SonarQube has no analysis of the main branch of {{project}} yet',
  'sonarqube-invalid-response':
    "SonarQube's response to {{path}} is invalid: '{{place}}' {{problem}}",
  'sonarqube-invalid-date':
    "SonarQube's response to {{path}} contains an invalid date",
  'sonarqube-foreign-results':
    "SonarQube's response to {{path}} contains results of another project",
  'sonarqube-wrong-total':
    "SonarQube's responses to {{path}} contain {{results}} results, but report a total of {{total}}",
  'snyk-not-polled': 'Snyk could not be polled: {{error}}',
  'snyk-not-polled-next':
    'Check the annotations, and ask the operators of the portal to check the access of the token; the stored data stays',
  'snyk-annotation-next': 'Correct the annotations; see docs/scans.md',
  'snyk-polled': 'CloudTrace pulls projects from Snyk',
  'snyk-not-yet': 'No project has been pulled from Snyk yet',
  'snyk-figure-projects': 'Pulled projects',
  'sonarqube-off': 'The portal has no SonarQube configured',
  'sonarqube-unknown-instance':
    "The portal has no SonarQube named '{{instance}}'",
  'sonarqube-annotation': 'The annotation {{annotation}} is not [instance/]key',
  'sonarqube-annotation-next': 'Correct the annotation {{annotation}}',
  'sonarqube-not-polled': 'SonarQube could not be polled',
  'sonarqube-not-polled-next':
    "Check the project key, and ask the portal's operators to check cloudtrace.sonarqube",
  'sonarqube-polled': 'CloudTrace reads the project {{project}}',
  'sonarqube-not-yet': 'The project has not been read yet',
} as const;
