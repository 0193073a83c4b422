// Runs queries as the signed-in user. Nothing is loaded from elsewhere.
const element = (id) => document.getElementById(id);

function csrfToken() {
  const found = document.cookie.match(/(?:^|;\s*)resonance_csrf=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : "";
}

async function run() {
  const state = element("state");
  let variables;
  try {
    variables = JSON.parse(element("variables").value || "{}");
  } catch (fault) {
    state.textContent = `The variables are not JSON: ${fault.message}`;
    return;
  }
  state.textContent = "Running …";
  const started = performance.now();
  try {
    const answer = await fetch("graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken() },
      body: JSON.stringify({ query: element("query").value, variables }),
    });
    element("answer").textContent = JSON.stringify(await answer.json(), null, 2);
    state.textContent = `${answer.status} in ${Math.round(performance.now() - started)} ms`;
  } catch (fault) {
    state.textContent = `No answer: ${fault.message}`;
  }
}

element("run").addEventListener("click", run);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
fetch("graphql/schema.graphql")
  .then((answer) => (answer.ok ? answer.text() : "Sign in to see the schema."))
  .then((text) => {
    element("schema").textContent = text;
  });
