"""A user's Outlook: the few calls of Exchange Web Services that the demonstration and its tests need."""
import base64, http.client, ssl, sys, urllib.parse
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import ntlm

TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
NS = {"t": TYPES, "m": MESSAGES}


@dataclass
class Item:
    """A mail as it lies in the mailbox."""
    id: str
    folder: str  # its display name
    mime: bytes
    categories: list
    read: bool


def encoded(text):
    return base64.b64encode(text).decode()


class Mailbox:
    def __init__(self, url, address, password, ca_file):
        self.url = urllib.parse.urlsplit(url)
        self.address, self.password = address, password
        self.tls = ssl.create_default_context(cafile=ca_file)
        self.offers = None  # ways to log in, once the server was asked for them

    def call(self, body):
        envelope = ('<?xml version="1.0" encoding="utf-8"?>'
                    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
                    f' xmlns:t="{TYPES}" xmlns:m="{MESSAGES}"><s:Header>'
                    '<t:RequestServerVersion Version="Exchange2013_SP1"/></s:Header>'
                    f"<s:Body>{body}</s:Body></s:Envelope>")
        connection = http.client.HTTPSConnection(self.url.hostname, self.url.port, context=self.tls, timeout=30)
        status, _, text = self.post(connection, envelope, self.log_in(connection))
        connection.close()
        if status == 401:
            sys.exit(f"demo: Exchange does not let {self.address} in")
        answer = ET.fromstring(text)
        failed = answer.find('.//*[@ResponseClass="Error"]')
        if failed is not None or answer.find(".//m:ResponseCode", NS) is None:
            sys.exit("demo: Exchange refused: " + " ".join("".join(answer.itertext()).split())[:300])
        return answer

    def post(self, connection, body, authorization):
        """Status, what the server says of logging in, and the answer."""
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        if authorization:
            headers["Authorization"] = authorization
        connection.request("POST", self.url.path, body.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get_all("WWW-Authenticate", []), answer.read()

    def log_in(self, connection):
        """What to say with the request: NTLM where the server offers that, and has asked back; else Basic."""
        if self.offers is None:
            _, self.offers, _ = self.post(connection, "", "")
        if "NTLM" not in self.offers:
            return "Basic " + encoded(f"{self.address}:{self.password}".encode())
        _, said, _ = self.post(connection, "", "NTLM " + encoded(ntlm.hello()))
        certificate = connection.sock.getpeercert(binary_form=True)
        challenge = base64.b64decode(said[0].removeprefix("NTLM "))
        return "NTLM " + encoded(ntlm.answer(challenge, self.address, self.password, certificate))

    def deliver(self, folder_id, mime, read):
        """Mail arrives: a message that is no draft (PidTagMessageFlags: 1 is read, 8 would be a draft)."""
        answer = self.call(
            f'<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId><t:FolderId Id="{folder_id}"/>'
            "</m:SavedItemFolderId><m:Items><t:Message>"
            f'<t:MimeContent CharacterSet="UTF-8">{base64.b64encode(mime).decode()}</t:MimeContent>'
            '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe07" PropertyType="Integer"/>'
            f"<t:Value>{int(read)}</t:Value></t:ExtendedProperty></t:Message></m:Items></m:CreateItem>")
        return answer.find(".//t:ItemId", NS).get("Id")

    def folders(self):
        """Everything that Outlook shows, drop folders with it: display names and ids."""
        answer = self.call(
            '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>'
            '<m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>')
        return {folder.findtext("t:DisplayName", "", NS): folder.find("t:FolderId", NS).get("Id")
                for folder in answer.iterfind(".//t:Folders/*", NS)}

    def drag(self, item_id, folder_id):
        self.call(f'<m:MoveItem><m:ToFolderId><t:FolderId Id="{folder_id}"/></m:ToFolderId>'
                  f'<m:ItemIds><t:ItemId Id="{item_id}"/></m:ItemIds></m:MoveItem>')

    def look(self):
        """Every item of every folder."""
        names = {folder_id: name for name, folder_id in self.folders().items()}
        found = self.call(
            '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>'
            "<m:ParentFolderIds>" + "".join(f'<t:FolderId Id="{folder_id}"/>' for folder_id in names)
            + "</m:ParentFolderIds></m:FindItem>")
        ids = [item.get("Id") for item in found.iterfind(".//t:ItemId", NS)]
        if not ids:
            return []
        answer = self.call(
            "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"
            "<t:AdditionalProperties>" + "".join(f'<t:FieldURI FieldURI="{field}"/>' for field in (
                "item:ParentFolderId", "item:Categories", "message:IsRead"))
            + "</t:AdditionalProperties></m:ItemShape><m:ItemIds>"
            + "".join(f'<t:ItemId Id="{item_id}"/>' for item_id in ids) + "</m:ItemIds></m:GetItem>")
        return [Item(item.find("t:ItemId", NS).get("Id"),
                     names[item.find("t:ParentFolderId", NS).get("Id")],
                     base64.b64decode(item.findtext("t:MimeContent", "", NS)),
                     [category.text for category in item.iterfind("t:Categories/t:String", NS)],
                     item.findtext("t:IsRead", "", NS) == "true")
                for item in answer.iterfind(".//m:Items/*", NS)]
