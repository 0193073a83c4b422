import { AppPasswords } from "./AppPasswords";
import { ApiKeys } from "./ApiKeys";
import { ExportFolders } from "./ExportFolders";

export default function AppsTab() {
  return (
    <>
      <AppPasswords />
      <ApiKeys />
      <ExportFolders />
    </>
  );
}
