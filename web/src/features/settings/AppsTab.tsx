import { AppPasswords } from "./AppPasswords";
import { ApiKeys } from "./ApiKeys";

export default function AppsTab() {
  return (
    <>
      <AppPasswords />
      <ApiKeys />
    </>
  );
}
