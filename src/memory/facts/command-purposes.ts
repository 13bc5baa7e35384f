// What commands are for, as data: the first shape that one of the simple commands of a call fits names its purpose.
import type { CommandPurpose } from "./fact-set.ts";

/** Matched against the words of one simple command, joined by blanks. */
export const COMMAND_PURPOSES: readonly (readonly [purpose: CommandPurpose, shape: RegExp])[] = [
  [
    "test",
    /^(?:npx |pnpm (?:exec |dlx )?|yarn |bunx? (?:run )?|uv run |poetry run |bundle exec |python3? -m )*(?:vitest|jest|mocha|ava|tap|pytest|unittest|nose2|tox|nox|rspec|phpunit|ctest|playwright test|cypress run|go test|gotestsum|cargo (?:test|nextest)|mvn .*\b(?:test|verify)|\.?\/?gradlew? .*\btest|dotnet test|swift test|mix test|deno test|bun test|node .*--test|(?:npm|pnpm|yarn|bun)(?: run)? (?:test|t)\b|(?:npm|pnpm|yarn|bun) run [\w:-]*(?:test|e2e|smoke)[\w:-]*|(?:make|just|task|mise run|rake) [\w:-]*(?:test|spec)[\w:-]*|python3? \S*(?:test\w*|runtests)\.py|\.\/\S*test\S*)(?:\s|$)/,
  ],
  [
    "check",
    /^(?:npx |pnpm (?:exec )?|yarn |bunx? |uv run |poetry run |python3? -m )*(?:tsc|eslint|biome|prettier|ruff|flake8|mypy|pyright|pylint|black|golangci-lint|staticcheck|gofmt|go vet|cargo (?:clippy|check|fmt)|rustfmt|shellcheck|stylelint|oxlint|(?:npm|pnpm|yarn|bun)(?: run)? [\w:-]*(?:lint|check|typecheck|format)[\w:-]*|(?:make|just|task|mise run) [\w:-]*(?:lint|check|fmt|format|vet)[\w:-]*)(?:\s|$)/,
  ],
  [
    "install",
    /^(?:npm (?:ci|i|install|add|uninstall)|pnpm (?:i|install|add)|yarn (?:install|add)|yarn$|bun (?:install|add)|pip3? install|uv (?:pip install|sync|add)|poetry (?:install|add)|apt(?:-get)? (?:install|update)|brew install|cargo (?:install|add)|go (?:get|install|mod)|gem install|bundle install|composer (?:install|require))\b/,
  ],
  [
    "build",
    /^(?:npx |pnpm (?:exec )?|yarn |bunx? )*(?:esbuild|webpack|vite build|rollup|go build|cargo build|docker (?:compose )?build|cmake|ninja|gcc|g\+\+|clang|javac|mvn\b|\.?\/?gradlew?\b|dotnet build|swift build|(?:npm|pnpm|yarn|bun)(?: run)? [\w:-]*build[\w:-]*|make|(?:just|task|mise run) [\w:-]*build[\w:-]*)(?:\s|$)/,
  ],
  [
    "git",
    /^(?:git(?! (?:-\S+ )*(?:log|status|diff|show|branch|blame|ls-files|ls-tree|rev-parse|remote|describe|grep|cat-file)\b)|gh(?! \w+ (?:view|list|diff|status|checks)\b)|hg|svn|jj)\s/,
  ],
  [
    "look",
    /^(?:git|gh|cat|bat|head|tail|less|more|nl|wc|ls|tree|find|fd|grep|egrep|rg|ag|sed -n|awk|stat|file|pwd|which|type|whoami|date|env|printenv|echo|printf|du|df|ps|jq|sort|uniq|cut|diff|test|\[|true|cd|read|set|export|sleep|local)(?:\s|$)/,
  ],
];
