"""Names the order API knows (Yahoo! reference 5.3, 5.4, 5.6). A name typed wrong is refused here, where the real one
may say nothing."""

from __future__ import annotations

from collections.abc import Mapping

LIST_FIELDS = frozenset(
    """OrderId,Version,OriginalOrderId,ParentOrderId,DeviceType,IsActive,IsSeen,IsSplit,IsRoyalty,
IsSeller,IsAffiliate,IsRatingB2s,OrderTime,ExistMultiReleaseDate,ReleaseDate,LastUpdateTime,
Suspect,OrderStatus,StoreStatus,RoyaltyFixTime,PrintSlipFlag,PrintDeliveryFlag,PrintBillFlag,
BuyerCommentsFlag,PayStatus,SettleStatus,PayType,PayMethod,PayMethodName,PayDate,SettleId,
UseWallet,NeedBillSlip,NeedDetailedSlip,NeedReceipt,BillFirstName,BillFirstNameKana,
BillLastName,BillLastNameKana,BillPrefecture,ShipStatus,ShipMethod,ShipMethodName,
ShipRequestDate,ShipRequestTime,ShipNotes,ShipCompanyCode,ReceiveShopCode,ShipInvoiceNumber1,
ShipInvoiceNumber2,ShipInvoiceNumberEmptyReason,ShipUrl,ArriveType,ShipDate,NeedGiftWrap,
NeedGiftWrapMessage,NeedGiftWrapPaper,ShipFirstName,ShipFirstNameKana,ShipLastName,
ShipLastNameKana,ShipPrefecture,PayCharge,ShipCharge,GiftWrapCharge,Discount,GiftCardDiscount,
UsePoint,TotalPrice,RefundTotalPrice,IsGetPointFixAll,SellerId,IsLogin,PayNo,PayNoIssueDate,
SellerType,IsPayManagement,ArrivalDate,TotalMallCouponDiscount,IsReadOnly,IsApplePay,
ExcellentDelivery,IsEazy,EazyDeliveryCode,EazyDeliveryName,FraudHoldStatus,PublicationTime,
IsSubscription,SubscriptionId,LineGiftOrderId,IsLineGiftOrder,IsLineGiftShippable,
ShippingDeadline,LineGiftCharge,SocialGiftType""".replace("\n", "").split(",")
)
ITEM_FIELDS = frozenset(
    """LineId,ItemId,Title,SubCode,SubCodeOption,ItemOption,Inscription,IsUsed,ImageId,IsTaxable,ItemTaxRatio,Jan,
ProductId,CategoryId,UnitPrice,NonTaxUnitPrice,Quantity,OriginalPrice,OriginalNum,ReleaseDate,CouponData,CouponDiscount,
CouponUseNum,LeadTimeText,LeadTimeStart,LeadTimeEnd,PriceType""".replace("\n", "").split(",")
)
INFO_FIELDS = ITEM_FIELDS | frozenset(
    """OrderId,Version,ParentOrderId,ChildOrderId,DeviceType,IsSeen,IsSplit,CancelReason,CancelReasonDetail,OrderTime,
LastUpdateTime,Suspect,SuspectMessage,OrderStatus,StoreStatus,BuyerComments,SellerComments,Notes,OperationUser,
TotalCouponDiscount,ShippingCouponFlg,ShippingCouponDiscount,IsMultiShip,MultiShipId,IsReadOnly,FraudHoldStatus,
GoodStoreStatus,LineGiftOrderId,IsLineGiftOrder,SocialGiftType,IsVip,PayStatus,SettleStatus,PayType,PayKind,PayMethod,
PayMethodName,PayDate,PayNotes,SettleId,NeedBillSlip,NeedDetailedSlip,NeedReceipt,BillFirstName,BillLastName,
BillFirstNameKana,BillLastNameKana,BillZipCode,BillPrefecture,BillCity,BillAddress1,BillAddress2,BillPhoneNumber,
BillEmgPhoneNumber,BillMailAddress,BillSection1Field,BillSection1Value,BillSection2Field,BillSection2Value,ShipStatus,
ShipMethod,ShipMethodName,ShipRequestDate,ShipRequestTime,ShipRequestTimeZoneCode,ShipNotes,ShipCompanyCode,
ReceiveShopCode,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipInvoiceNumberEmptyReason,ShipUrl,ArriveType,ShipDate,
ArrivalDate,NeedGiftWrap,GiftWrapCode,GiftWrapType,GiftWrapMessage,NeedGiftWrapPaper,GiftWrapPaperType,GiftWrapName,
Option1Field,Option1Type,Option1Value,Option2Field,Option2Type,Option2Value,ShipFirstName,ShipLastName,
ShipFirstNameKana,ShipLastNameKana,ShipZipCode,ShipPrefecture,ShipCity,ShipAddress1,ShipAddress2,ShipPhoneNumber,
ShipEmgPhoneNumber,ShipSection1Field,ShipSection1Value,ShipSection2Field,ShipSection2Value,ExcellentDelivery,IsEazy,
EazyDeliveryCode,EazyDeliveryName,ShippingDeadline,DeliveryDate,DeliveryStatus,PayCharge,ShipCharge,GiftWrapCharge,
Discount,Adjustments,SettleAmount,UsePoint,GiftCardDiscount,TotalPrice,IsGetPointFixAll,TotalMallCouponDiscount,SellerId,
IsLogin""".replace("\n", "").split(",")
)
CONDITIONS = frozenset(
    """OrderId,Version,OriginalOrderId,ParentOrderId,DeviceType,IsActive,IsSeen,OrderTimeFrom,OrderTimeTo,OrderStatus,
PayMethod,PayStatus,ShipStatus,ShipCompanyCode,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipDateFrom,ShipDateTo,ItemId,
SubCode,EazyDeliveryCode,SocialGiftType,FraudHoldDisplayType,PublicationTimeFrom,PublicationTimeTo,
IsYahooAuctionOrder""".replace("\n", "").split(",")
)
SHIP_FIELDS = frozenset(
    """ShipStatus,ShipMethod,ShipNotes,ShipCompanyCode,ShipInvoiceNumber1,ShipInvoiceNumber2,
ShipInvoiceNumberEmptyReason,ShipUrl,ShipDate,ArrivalDate,CashOnDeliveryTax,IsEazy,EazyDeliveryCode,EazyDeliveryName,
IsMallContactlessDelivery""".replace("\n", "").split(",")
)
# The practice store's own delivery methods, with the carrier its settings tie to each (5.6: the method's carrier wins).
METHODS: Mapping[str, str] = {"postage1": "1001", "postage2": "1002", "postage3": "1003"}
CARRIERS = frozenset({*(str(code) for code in range(1000, 1030)), "5000"})
